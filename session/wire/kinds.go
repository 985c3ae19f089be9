package wire

// emptyOfRight is empty for the messages about rights and of rights.
func emptyOfRight(k kind) Message {
	switch k {
	case kindAsk:
		return &Ask{}
	case kindGiveBack:
		return &GiveBack{}
	case kindPointer:
		return &Pointer{}
	case kindMove:
		return &Move{}
	case kindButton:
		return &Button{}
	case kindWheel:
		return &Wheel{}
	case kindKey:
		return &Key{}
	case kindClip:
		return &Clip{}
	case kindWant:
		return &Want{}
	case kindVital:
		return &Vital{}
	case kindHand:
		return &Hand{}
	case kindAccept:
		return &Accept{}
	case kindPiece:
		return &Piece{}
	case kindTook:
		return &Took{}
	case kindDone:
		return &Done{}
	case kindCancel:
		return &Cancel{}
	case kindOwn:
		return &Own{}
	}
	return nil
}

func (*Ask) kind() kind      { return kindAsk }
func (*GiveBack) kind() kind { return kindGiveBack }
func (*Pointer) kind() kind  { return kindPointer }
func (*Move) kind() kind     { return kindMove }
func (*Button) kind() kind   { return kindButton }
func (*Wheel) kind() kind    { return kindWheel }
func (*Key) kind() kind      { return kindKey }
func (*Clip) kind() kind     { return kindClip }
func (*Want) kind() kind     { return kindWant }
func (*Vital) kind() kind    { return kindVital }
func (*Hand) kind() kind     { return kindHand }
func (*Accept) kind() kind   { return kindAccept }
func (*Piece) kind() kind    { return kindPiece }
func (*Took) kind() kind     { return kindTook }
func (*Done) kind() kind     { return kindDone }
func (*Cancel) kind() kind   { return kindCancel }
func (*Own) kind() kind      { return kindOwn }
